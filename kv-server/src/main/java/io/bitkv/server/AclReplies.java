package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.List;

/** The longer replies of the ACL commands, in Redis's form. */
final class AclReplies {

  private AclReplies() {}

  /** A user's rules one by one. */
  static void user(ReplyWriter reply, AclUser user) {
    reply.writeMapHeader(6);
    reply.writeBulk("flags");
    List<String> flags = new ArrayList<>(List.of(user.isEnabled() ? "on" : "off"));
    if (user.needsNoPassword()) {
      flags.add("nopass");
    }
    reply.writeSetHeader(flags.size());
    flags.forEach(reply::writeSimpleString);
    reply.writeBulk("passwords");
    reply.writeArrayHeader(user.passwords().size());
    user.passwords().forEach(password -> reply.writeBulk(password.hex()));
    selector(reply, user.root());
    reply.writeBulk("selectors");
    reply.writeArrayHeader(user.selectors().size() - 1);
    for (AclSelector selector : user.selectors().subList(1, user.selectors().size())) {
      reply.writeMapHeader(3);
      selector(reply, selector);
    }
  }

  private static void selector(ReplyWriter reply, AclSelector selector) {
    reply.writeBulk("commands");
    reply.writeBulk(selector.commandRules());
    reply.writeBulk("keys");
    reply.writeBulk(selector.keyRules());
    reply.writeBulk("channels");
    reply.writeBulk(selector.channelRules());
  }

  /** Whether a request would be allowed, and if not, why. */
  static void verdict(
      ReplyWriter reply, AclGuard.Verdict verdict, Command command, Arguments request) {
    switch (verdict.denial()) {
      case NONE -> reply.writeOk();
      case COMMAND ->
          reply.writeBulk(
              "This user has no permissions to run the '" + command.name() + "' command");
      case KEY -> reply.writeBulk(denied(verdict, request, "key"));
      case CHANNEL -> reply.writeBulk(denied(verdict, request, "channel"));
    }
  }

  /** What was denied, in the seven fields of Redis 7.0. */
  static void logEntry(ReplyWriter reply, AclLog.Entry entry, long nowMillis) {
    reply.writeMapHeader(7);
    reply.writeBulk("count");
    reply.writeInteger(entry.count());
    reply.writeBulk("reason");
    reply.writeBulk(entry.reason());
    reply.writeBulk("context");
    reply.writeBulk(entry.context());
    reply.writeBulk("object");
    reply.writeBulk(entry.object());
    reply.writeBulk("username");
    reply.writeBulk(entry.user());
    reply.writeBulk("age-seconds");
    reply.writeDouble((nowMillis - entry.millis()) / 1000.0);
    reply.writeBulk("client-info");
    reply.writeBulk(entry.client());
  }

  private static String denied(AclGuard.Verdict verdict, Arguments request, String what) {
    String name =
        verdict.index() == KeyFinder.ANY_KEY
            ? "*"
            : Shown.text(request.text(verdict.index(), Errors.SHOWN_BYTES));
    return "This user has no permissions to access the '" + name + "' " + what;
  }
}
