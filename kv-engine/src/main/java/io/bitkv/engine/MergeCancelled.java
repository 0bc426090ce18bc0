package io.bitkv.engine;

/** Ends a merge because somebody wants it to. */
final class MergeCancelled extends Exception {
  private static final long serialVersionUID = 1L;
}
