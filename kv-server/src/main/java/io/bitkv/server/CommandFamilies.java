package io.bitkv.server;

import java.util.Collection;
import java.util.List;

/**
 * Every family of commands: a new family adds its line here, a new command is added in its family's
 * file alone.
 */
final class CommandFamilies {

  private CommandFamilies() {}

  /** Makes the table of all commands, and numbers them. */
  static CommandTable table() {
    List<List<Command>> families =
        List.of(
            StringCommands.commands(),
            MultiStringCommands.commands(),
            StringRangeCommands.commands(),
            CounterCommands.commands(),
            BitCommands.commands(),
            BitFieldCommands.commands(),
            LcsCommand.commands(),
            KeyCommands.commands(),
            KeyTransferCommands.commands(),
            DumpCommands.commands(),
            ObjectCommands.commands(),
            KeyScanCommands.commands(),
            ExpiryCommands.commands(),
            TransactionCommands.commands(),
            PubSubCommands.commands(),
            ConnectionCommands.commands(),
            ClientCommands.commands(),
            ServerCommands.commands(),
            SwapdbCommand.commands(),
            PersistenceCommands.commands(),
            ConfigCommands.commands(),
            AclCommands.commands(),
            DurabilityCommands.commands(),
            CommandCommands.commands(),
            DiagnosticCommands.commands(),
            LatencyCommands.commands(),
            KvCommands.commands());
    CommandTable table = new CommandTable(families.stream().flatMap(Collection::stream).toList());
    List<Command> all = table.withSubcommands().toList();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).number(i);
    }
    return table;
  }
}
