package io.bitkv.tests.history;

import io.bitkv.tests.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What happens to the bytes of a newest segment that no sync has covered; prints the Java that makes it. */
sealed interface Damage {

  /** The unit in which places are given: parts of what is not synced. */
  int WHOLE = 1000;

  /**
   * Damages the file.
   *
   * @param from where the bytes begin that no sync has covered
   * @param end where the log's bytes end; what lies behind is room that was taken in advance
   * @return the first offset that is no longer as it was
   */
  long apply(Path segment, long from, long end) throws IOException;

  private static int place(int part, long from, long end) {
    return Math.toIntExact(from + (end - from) * part / WHOLE);
  }

  private static void append(Path segment, byte[] bytes, int end, byte[] added) throws IOException {
    byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, end + added.length));
    System.arraycopy(added, 0, longer, end, added.length);
    Files.write(segment, longer);
  }

  /** The file ends early. */
  record Cut(int part) implements Damage {
    @Override
    public long apply(Path segment, long from, long end) throws IOException {
      int place = place(part, from, end);
      Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), place));
      return place;
    }

    @Override
    public String toString() {
      return "cut(" + part + ")";
    }
  }

  /** Everything from some place on is zero. */
  record Zeros(int part) implements Damage {
    @Override
    public long apply(Path segment, long from, long end) throws IOException {
      byte[] bytes = Files.readAllBytes(segment);
      int place = place(part, from, end);
      Arrays.fill(bytes, place, bytes.length, (byte) 0);
      Files.write(segment, bytes);
      return place;
    }

    @Override
    public String toString() {
      return "zeros(" + part + ")";
    }
  }

  /** One byte is another. */
  record Flip(int part, int mask) implements Damage {
    @Override
    public long apply(Path segment, long from, long end) throws IOException {
      byte[] bytes = Files.readAllBytes(segment);
      int place = place(part, from, end);
      if (place == end) {
        return end;
      }
      bytes[place] ^= (byte) mask;
      Files.write(segment, bytes);
      return place;
    }

    @Override
    public String toString() {
      return "flip(" + part + ", " + mask + ")";
    }
  }

  /** Random bytes follow the last entry. */
  record Garbage(long seed, int length) implements Damage {
    @Override
    public long apply(Path segment, long from, long end) throws IOException {
      append(segment, Files.readAllBytes(segment), Math.toIntExact(end), Bytes.random(seed, length));
      return end;
    }

    @Override
    public String toString() {
      return "garbage(" + seed + ", " + length + ")";
    }
  }

  /** The segment's own last bytes follow once more, whole entries among them. */
  record Echo(int part) implements Damage {
    @Override
    public long apply(Path segment, long from, long end) throws IOException {
      byte[] bytes = Files.readAllBytes(segment);
      append(segment, bytes, Math.toIntExact(end), Arrays.copyOfRange(bytes, place(part, 0, end), Math.toIntExact(end)));
      return end;
    }

    @Override
    public String toString() {
      return "echo(" + part + ")";
    }
  }
}
