package io.bitkv.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An attempt to connect, as Java Flight Recorder shows it. */
@Name("io.bitkv.client.Connect")
@Label("Client Connect")
@Description("An attempt to connect to a server, with its handshakes")
@Category({"bitkv", "Client"})
@StackTrace(false)
final class ConnectEvent extends Event {

  @Label("Address")
  String address;

  @Label("Server")
  @Description("What the server is")
  String server;

  @Label("Failure")
  @Description("Why it failed; nothing if it succeeded")
  String failure;
}
