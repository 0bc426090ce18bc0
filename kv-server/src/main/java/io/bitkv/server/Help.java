package io.bitkv.server;

import java.util.Locale;

/** The replies to the HELP subcommands. */
final class Help {

  private Help() {}

  /** Lists a container's subcommands, each with a line that explains it; HELP itself is added. */
  static void reply(Call call, String... lines) {
    String container =
        call.command()
            .name()
            .substring(0, call.command().name().indexOf('|'))
            .toUpperCase(Locale.ROOT);
    call.reply().writeArrayHeader(lines.length + 3);
    call.reply()
        .writeSimpleString(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (String line : lines) {
      call.reply().writeSimpleString(line);
    }
    call.reply().writeSimpleString("HELP");
    call.reply().writeSimpleString("    Prints this help.");
  }
}
