package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Writes what COMMAND INFO and COMMAND DOCS tell about a command. */
final class CommandReplies {

  private final ReplyWriter reply;

  CommandReplies(ReplyWriter reply) {
    this.reply = reply;
  }

  /** Writes a command's shape and properties. */
  void info(Command command) {
    reply.writeArrayHeader(10);
    reply.writeBulk(command.name());
    reply.writeInteger(command.arity());
    reply.writeSetHeader(command.flags().size());
    command.flags().forEach(flag -> reply.writeSimpleString(flag.wireName()));
    legacyKeys(command.keys());
    reply.writeSetHeader(command.categories().size());
    command.categories().forEach(category -> reply.writeSimpleString("@" + category.wireName()));
    reply.writeSetHeader(command.tips().size());
    command.tips().forEach(reply::writeBulk);
    reply.writeSetHeader(command.keys().size());
    command.keys().forEach(this::keySpec);
    reply.writeArrayHeader(command.subcommands().commands().size());
    command.subcommands().commands().forEach(this::info);
  }

  /** Writes a command's name and documentation, the key and the value of a map. */
  void docs(Command command) {
    CommandDocs docs = command.docs();
    List<CommandSyntax.Argument> arguments = CommandSyntax.parse(docs.syntax());
    Collection<Command> subcommands = command.subcommands().commands();
    reply.writeBulk(command.name());
    reply.writeMapHeader(4 + (arguments.isEmpty() ? 0 : 1) + (subcommands.isEmpty() ? 0 : 1));
    pair("summary", docs.summary());
    pair("since", docs.since());
    pair("group", docs.group());
    pair("complexity", docs.complexity());
    if (!arguments.isEmpty()) {
      reply.writeBulk("arguments");
      arguments(arguments, keyNumbers(command));
    }
    if (!subcommands.isEmpty()) {
      reply.writeBulk("subcommands");
      reply.writeMapHeader(subcommands.size());
      subcommands.forEach(this::docs);
    }
  }

  /** Writes what is done with keys. */
  void keyFlags(KeySpec spec) {
    reply.writeSetHeader(spec.flags().size());
    spec.flags().forEach(reply::writeSimpleString);
  }

  /** Writes first key, last key and step, which can tell only of keys that stand together. */
  private void legacyKeys(List<KeySpec> keys) {
    boolean hasKeys = !keys.isEmpty();
    reply.writeInteger(hasKeys ? keys.getFirst().first() : 0);
    reply.writeInteger(hasKeys ? keys.getLast().last() : 0);
    reply.writeInteger(hasKeys ? keys.getFirst().step() : 0);
  }

  private void keySpec(KeySpec spec) {
    reply.writeMapHeader(3);
    reply.writeBulk("flags");
    keyFlags(spec);
    reply.writeBulk("begin_search");
    reply.writeMapHeader(2);
    pair("type", "index");
    reply.writeBulk("spec");
    reply.writeMapHeader(1);
    pair("index", spec.first());
    reply.writeBulk("find_keys");
    reply.writeMapHeader(2);
    pair("type", "range");
    reply.writeBulk("spec");
    reply.writeMapHeader(3);
    pair("lastkey", spec.last() < 0 ? spec.last() : spec.last() - spec.first());
    pair("keystep", spec.step());
    pair("limit", 0);
  }

  private void arguments(List<CommandSyntax.Argument> arguments, Iterator<Integer> keyNumbers) {
    reply.writeArrayHeader(arguments.size());
    arguments.forEach(argument -> argument(argument, keyNumbers));
  }

  private void argument(CommandSyntax.Argument argument, Iterator<Integer> keyNumbers) {
    boolean isKey = argument.type().equals("key");
    boolean hasToken = !argument.token().isEmpty();
    int flags = (argument.isOptional() ? 1 : 0) + (argument.isMultiple() ? 1 : 0);
    boolean hasParts = !argument.arguments().isEmpty();
    reply.writeMapHeader(
        2 + (isKey ? 1 : 0) + (hasToken ? 1 : 0) + (flags > 0 ? 1 : 0) + (hasParts ? 1 : 0));
    pair("name", argument.name());
    pair("type", argument.type());
    if (isKey) {
      pair("key_spec_index", keyNumbers.next());
    }
    if (hasToken) {
      pair("token", argument.token());
    }
    if (flags > 0) {
      reply.writeBulk("flags");
      reply.writeSetHeader(flags);
      if (argument.isOptional()) {
        reply.writeSimpleString("optional");
      }
      if (argument.isMultiple()) {
        reply.writeSimpleString("multiple");
      }
    }
    if (hasParts) {
      reply.writeBulk("arguments");
      arguments(argument.arguments(), keyNumbers);
    }
  }

  /** Which key specification each key argument belongs to, in the arguments' order. */
  private static Iterator<Integer> keyNumbers(Command command) {
    int last = command.keys().size() - 1;
    return IntStream.iterate(0, number -> Math.min(number + 1, last)).iterator();
  }

  private void pair(String name, String value) {
    reply.writeBulk(name);
    reply.writeBulk(value);
  }

  private void pair(String name, long value) {
    reply.writeBulk(name);
    reply.writeInteger(value);
  }
}
