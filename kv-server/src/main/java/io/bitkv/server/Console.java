package io.bitkv.server;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the program reads from and writes to.
 *
 * @param in what is piped into it
 * @param out what it was asked for
 * @param err what went wrong
 * @param isTerminal whether a person reads {@code out} as it comes
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean isTerminal) {}
