package io.bitkv.server;

/** Carries a command out. */
@FunctionalInterface
interface CommandHandler {

  /**
   * Reads the arguments, does the work and writes exactly one reply.
   *
   * @param call the arguments, the data and the reply
   * @throws CommandException to answer with an error; nothing may have been changed then
   */
  void execute(Call call);
}
