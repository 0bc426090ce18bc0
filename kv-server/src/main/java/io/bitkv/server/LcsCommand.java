package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.List;

/** LCS: the longest sequence of bytes that two strings have in common. */
final class LcsCommand {

  private static final byte[] EMPTY = {};

  private LcsCommand() {}

  static List<Command> commands() {
    return List.of(LCS);
  }

  private static final Command LCS =
      Command.named("lcs", -3, "readonly", LcsCommand::lcs)
          .keys(1, 2, 1, "RO access")
          .docs(
              "string",
              "7.0.0",
              "O(N*M) with strings of N and M bytes",
              "Finds the longest sequence of bytes that two strings have in common.",
              "key1:key key2:key [LEN] [IDX] [MINMATCHLEN len:integer] [WITHMATCHLEN]");

  /** What the reply is to tell. */
  private record Options(boolean isLength, boolean isIndexes, boolean hasLengths, long least) {

    static Options parse(Arguments arguments) {
      boolean isLength = false;
      boolean isIndexes = false;
      boolean hasLengths = false;
      long least = 0;
      for (int i = 3; i < arguments.count(); i++) {
        if (arguments.is(i, "LEN")) {
          isLength = true;
        } else if (arguments.is(i, "IDX")) {
          isIndexes = true;
        } else if (arguments.is(i, "WITHMATCHLEN")) {
          hasLengths = true;
        } else if (arguments.is(i, "MINMATCHLEN") && i + 1 < arguments.count()) {
          i++;
          least = arguments.integer(i);
        } else {
          throw CommandException.SYNTAX;
        }
      }
      if (isLength && isIndexes) {
        throw new CommandException(
            "ERR If you want both the length and indexes, please just use IDX.");
      }
      return new Options(isLength, isIndexes, hasLengths, least);
    }
  }

  private static void lcs(Call call) {
    Options options = Options.parse(call.arguments());
    byte[] a = call.db().get(call.arguments().key(1)).orElse(EMPTY);
    byte[] b = call.db().get(call.arguments().key(2)).orElse(EMPTY);
    if (!CommonSubsequence.isFeasible(a, b)) {
      throw new CommandException(
          "ERR Insufficient memory, failed allocating transient memory for LCS");
    }
    CommonSubsequence common = new CommonSubsequence(a, b);
    if (options.isIndexes()) {
      replyIndexes(call.reply(), common, options);
    } else if (options.isLength()) {
      call.reply().writeInteger(common.length());
    } else {
      call.reply().writeBulk(common.bytes());
    }
  }

  private static void replyIndexes(ReplyWriter reply, CommonSubsequence common, Options options) {
    List<CommonSubsequence.Match> matches =
        common.matches().stream().filter(match -> match.length() >= options.least()).toList();
    reply.writeMapHeader(2);
    reply.writeBulk("matches");
    reply.writeArrayHeader(matches.size());
    for (CommonSubsequence.Match match : matches) {
      reply.writeArrayHeader(options.hasLengths() ? 3 : 2);
      range(reply, match.inFirst(), match.length());
      range(reply, match.inSecond(), match.length());
      if (options.hasLengths()) {
        reply.writeInteger(match.length());
      }
    }
    reply.writeBulk("len");
    reply.writeInteger(common.length());
  }

  private static void range(ReplyWriter reply, int from, int length) {
    reply.writeArrayHeader(2);
    reply.writeInteger(from);
    reply.writeInteger(from + length - 1L);
  }
}
