package io.bitkv.server;

import io.bitkv.codec.resp.RespVersion;
import io.netty.channel.Channel;
import java.net.SocketAddress;

/**
 * What the server knows of one client: who it is, what it selected, and its transaction. It knows
 * nothing of how bytes come and go.
 *
 * <p>Changed by the connection's event loop only; {@code CLIENT LIST} on another loop reads it
 * without a lock and may see a field's value of a moment ago.
 */
final class Connection {

  private final long id;
  private final Channel channel;
  private final String remoteAddress;
  private final String localAddress;
  private final long connectedNanos;
  private final TransactionState transaction = new TransactionState();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Mailbox mailbox;
  private String name = "";
  private String libraryName = "";
  private String libraryVersion = "";
  private int database;
  private RespVersion version = RespVersion.RESP2;
  private Command lastCommand;
  private long lastNanos;
  private AclAccount account;
  private boolean isAuthenticated;
  private long heldMillis;
  private boolean isEnding;
  private boolean isMonitor;
  private boolean isNoEvict;
  private final TrackingState trackingState = new TrackingState();
  private ReplyMode replyMode = ReplyMode.ON;

  /**
   * Makes the state of a new connection.
   *
   * @param id its number
   * @param channel what it comes through
   * @param account the user it is before it names another
   */
  Connection(long id, Channel channel, AclAccount account) {
    this.id = id;
    this.channel = channel;
    begin(account);
    mailbox = new Mailbox(channel.eventLoop());
    remoteAddress = text(channel.remoteAddress());
    localAddress = text(channel.localAddress());
    connectedNanos = System.nanoTime();
    lastNanos = connectedNanos;
  }

  long id() {
    return id;
  }

  Channel channel() {
    return channel;
  }

  /** The client's address and port. */
  String remoteAddress() {
    return remoteAddress;
  }

  /** The client's address without its port. */
  String remoteHost() {
    int colon = remoteAddress.lastIndexOf(':');
    return colon < 0 ? remoteAddress : remoteAddress.substring(0, colon);
  }

  /** The address and port that the client reached. */
  String localAddress() {
    return localAddress;
  }

  long connectedNanos() {
    return connectedNanos;
  }

  /** When it sent something last, to the second. */
  long lastNanos() {
    return lastNanos;
  }

  void lastNanos(long now) {
    lastNanos = now;
  }

  TransactionState transaction() {
    return transaction;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** What waits to be pushed to it. */
  Mailbox mailbox() {
    return mailbox;
  }

  boolean isSubscribed() {
    return subscriptions.count() > 0;
  }

  /** Whether it is sent things that it did not just ask for. */
  boolean isPushedTo() {
    return isSubscribed() || isMonitor || tracking() != null;
  }

  /** Whether it sees every request. */
  boolean isMonitor() {
    return isMonitor;
  }

  void monitor(boolean isIt) {
    isMonitor = isIt;
  }

  /** How it is told of changed keys; null if it is not. */
  Tracking tracking() {
    return trackingState.asked();
  }

  TrackingState trackingState() {
    return trackingState;
  }

  /** Whether it asked not to be closed to save memory. */
  boolean isNoEvict() {
    return isNoEvict;
  }

  void noEvict(boolean isIt) {
    isNoEvict = isIt;
  }

  ReplyMode replyMode() {
    return replyMode;
  }

  void replyMode(ReplyMode mode) {
    replyMode = mode;
  }

  String name() {
    return name;
  }

  void name(String newName) {
    name = newName;
  }

  String libraryName() {
    return libraryName;
  }

  void libraryName(String newName) {
    libraryName = newName;
  }

  String libraryVersion() {
    return libraryVersion;
  }

  void libraryVersion(String newVersion) {
    libraryVersion = newVersion;
  }

  int database() {
    return database;
  }

  void database(int number) {
    database = number;
  }

  RespVersion version() {
    return version;
  }

  void version(RespVersion chosen) {
    version = chosen;
  }

  Command lastCommand() {
    return lastCommand;
  }

  void lastCommand(Command command) {
    lastCommand = command;
  }

  boolean isAuthenticated() {
    return isAuthenticated;
  }

  /** The user whose rights it has once it is authenticated. */
  AclAccount account() {
    return account;
  }

  /** Gives it the rights of a user whose password it has given. */
  void authenticate(AclAccount user) {
    account = user;
    isAuthenticated = true;
  }

  /** Makes it a user without having been given a password, if there is one to give. */
  final void begin(AclAccount user) {
    account = user;
    isAuthenticated = user.user().isOpen();
  }

  /** Holds the replies back for a while, and reads no more requests until then. */
  void hold(long millis) {
    heldMillis = millis;
  }

  /** How long the replies are to be held back; asking again answers 0. */
  long takeHold() {
    long millis = heldMillis;
    heldMillis = 0;
    return millis;
  }

  /**
   * Whether no more of its requests are to be read, and it is to be closed once it has its replies.
   */
  boolean isEnding() {
    return isEnding;
  }

  /** Reads no more requests, and closes once the replies so far are sent. */
  void end() {
    isEnding = true;
  }

  private static String text(SocketAddress address) {
    String text = address == null ? "" : address.toString();
    return text.substring(text.indexOf('/') + 1);
  }
}
