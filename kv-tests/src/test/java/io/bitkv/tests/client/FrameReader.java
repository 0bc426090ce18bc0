package io.bitkv.tests.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of requests or replies of the Redis protocol where one ends and the next begins. */
final class FrameReader {

  private final InputStream input;
  private ByteArrayOutputStream frame;

  /** The texts of the frame's strings. */
  private List<String> words;

  FrameReader(InputStream input) {
    this.input = new BufferedInputStream(input);
  }

  /**
   * Reads the next frame.
   *
   * @return its bytes, or null at the end of the stream; a frame that is not whole is left out
   */
  byte[] next() throws IOException {
    frame = new ByteArrayOutputStream();
    words = new ArrayList<>();
    try {
      value();
    } catch (EOFException e) {
      return null;
    }
    return frame.toByteArray();
  }

  /** The strings of the frame that was read last: a request's words. */
  List<String> words() {
    return words;
  }

  private void value() throws IOException {
    String line = line();
    long length = "$*%~>=".indexOf(line.charAt(0)) >= 0 ? Long.parseLong(line.substring(1)) : -1;
    switch (line.charAt(0)) {
      case '$', '=' -> {
        if (length >= 0) {
          words.add(new String(bytes((int) length + 2), 0, (int) length, StandardCharsets.UTF_8));
        }
      }
      case '*', '~', '>' -> values(length);
      case '%' -> values(2 * length);
      default -> {}
    }
  }

  private void values(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      value();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = read(); b != '\n'; b = read()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private int read() throws IOException {
    return bytes(1)[0];
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    frame.write(bytes);
    return bytes;
  }
}
