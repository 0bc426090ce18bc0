package io.bitkv.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the raw lines of a run in a file, each as soon as it is there, so that a run that is cut off keeps what it measured; and gives the
 * results of all lines so far. For one thread.
 */
public final class Recorder {

  private static final String NOTE = "# ";

  private final Path file;
  private final Results results = new Results();
  private final List<String> notes = new ArrayList<>();

  private Recorder(Path file) {
    this.file = file;
  }

  /**
   * Begins a file, in place of one of that name.
   *
   * @param file the file; its directory is made
   * @param notes what is worth knowing about the run
   * @return takes the lines
   * @throws IOException if it cannot be written
   */
  public static Recorder begin(Path file, List<String> notes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    Recorder recorder = new Recorder(file);
    notes.forEach(recorder::note);
    recorder.append(Sample.COLUMNS);
    return recorder;
  }

  /**
   * Reads a file that a run left.
   *
   * @param file the file
   * @return what it holds; lines added are appended
   * @throws IOException if it cannot be read
   */
  public static Recorder read(Path file) throws IOException {
    Recorder recorder = new Recorder(file);
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith(NOTE)) {
          recorder.notes.add(line.substring(NOTE.length()));
        } else if (!line.equals(Sample.COLUMNS)) {
          recorder.results.add(Sample.parse(line));
        }
      }
    }
    return recorder;
  }

  /**
   * Keeps a figure.
   *
   * @param sample the figure of a round
   */
  public void add(Sample sample) {
    results.add(sample);
    append(sample.line());
  }

  /**
   * Keeps a remark, which the page shows above the figures.
   *
   * @param text one line
   */
  public void note(String text) {
    notes.add(text);
    append(NOTE + text);
  }

  private void append(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Gives the results.
   *
   * @return all that was added or read
   */
  public Results results() {
    return results;
  }

  /**
   * Gives the remarks.
   *
   * @return the lines, without a marker
   */
  public List<String> notes() {
    return notes;
  }
}
