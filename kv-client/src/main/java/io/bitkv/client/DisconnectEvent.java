package io.bitkv.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The end of a connection, as Java Flight Recorder shows it. */
@Name("io.bitkv.client.Disconnect")
@Label("Client Disconnect")
@Description("A connection was lost, or given up after a time-out")
@Category({"bitkv", "Client"})
@StackTrace(false)
final class DisconnectEvent extends Event {

  @Label("Address")
  String address;

  @Label("Cause")
  String cause;
}
