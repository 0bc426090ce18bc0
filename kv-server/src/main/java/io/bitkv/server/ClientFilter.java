package io.bitkv.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which connections CLIENT KILL means.
 *
 * @param conditions what must hold of them
 * @param isSkippingSelf whether the one that asks is left out
 */
record ClientFilter(List<Predicate<Connection>> conditions, boolean isSkippingSelf) {

  /** The connection of a client's address. */
  static ClientFilter ofAddress(String address) {
    return new ClientFilter(List.of(client -> client.remoteAddress().equals(address)), false);
  }

  /** Reads names and values from an index on. */
  static ClientFilter parse(Call call, int first) {
    Arguments arguments = call.arguments();
    List<Predicate<Connection>> conditions = new ArrayList<>();
    boolean isSkippingSelf = true;
    for (int i = first; i < arguments.count(); i += 2) {
      if (i + 1 == arguments.count()) {
        throw CommandException.SYNTAX;
      }
      if (arguments.is(i, "SKIPME")) {
        isSkippingSelf = arguments.is(i + 1, "YES");
        if (!isSkippingSelf && !arguments.is(i + 1, "NO")) {
          throw CommandException.SYNTAX;
        }
      } else {
        conditions.add(condition(call, i));
      }
    }
    return new ClientFilter(conditions, isSkippingSelf);
  }

  /** The connections of a type. */
  static Predicate<Connection> ofType(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "normal" -> client -> !client.isSubscribed();
      case "pubsub" -> Connection::isSubscribed;
      case "master", "replica", "slave" -> client -> false;
      default -> throw new CommandException("ERR Unknown client type '" + type + "'");
    };
  }

  /** Whether a connection is meant by another. */
  boolean test(Connection connection, Connection self) {
    return (connection != self || !isSkippingSelf)
        && conditions.stream().allMatch(condition -> condition.test(connection));
  }

  private static Predicate<Connection> condition(Call call, int index) {
    Arguments arguments = call.arguments();
    String value = arguments.text(index + 1);
    if (arguments.is(index, "ID")) {
      long id = id(arguments, index + 1);
      return client -> client.id() == id;
    }
    if (arguments.is(index, "TYPE")) {
      return ofType(value);
    }
    if (arguments.is(index, "ADDR")) {
      return client -> client.remoteAddress().equals(value);
    }
    if (arguments.is(index, "LADDR")) {
      return client -> client.localAddress().equals(value);
    }
    if (arguments.is(index, "USER")) {
      if (call.server().users().find(value).isEmpty()) {
        throw new CommandException("ERR No such user '" + value + "'");
      }
      return client -> client.account().name().equals(value);
    }
    throw CommandException.SYNTAX;
  }

  private static long id(Arguments arguments, int index) {
    try {
      long id = arguments.integer(index);
      if (id > 0) {
        return id;
      }
    } catch (CommandException e) {
      // The error below names what is wrong better.
    }
    throw new CommandException("ERR client-id should be greater than 0");
  }
}
