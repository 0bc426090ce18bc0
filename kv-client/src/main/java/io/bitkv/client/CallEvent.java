package io.bitkv.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A call of a client, as Java Flight Recorder shows it; short ones are left out unless a recording sets another threshold. */
@Name("io.bitkv.client.Call")
@Label("Client Call")
@Description("A request to a server, with waiting and repetitions")
@Category({"bitkv", "Client"})
@Threshold("10 ms")
@StackTrace(false)
final class CallEvent extends Event {

  @Label("Command")
  String command;

  @Label("Attempts")
  @Description("How often the request was sent")
  int attempts;

  @Label("Failure")
  @Description("Why it failed; nothing if it succeeded")
  String failure;
}
