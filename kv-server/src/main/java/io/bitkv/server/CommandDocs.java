package io.bitkv.server;

/**
 * What {@code COMMAND DOCS} tells about a command.
 *
 * @param summary what it does, in one sentence
 * @param since the version of Redis that first had it
 * @param group what kind of command it is
 * @param complexity how its time grows
 * @param syntax its arguments, in the notation of {@link CommandSyntax}
 */
record CommandDocs(String summary, String since, String group, String complexity, String syntax) {}
