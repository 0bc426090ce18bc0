package io.bitkv.engine;

import java.io.IOException;
import java.nio.file.Path;

/** There is no room for a write: the file system or a quota is full. */
final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1L;

  DiskFullException(Path file, Throwable cause) {
    super("no space left to write " + file, cause);
  }
}
