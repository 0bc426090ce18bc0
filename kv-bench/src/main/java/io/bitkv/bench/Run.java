package io.bitkv.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Does the tasks of a series one after the other, keeps every figure at once, and goes on with the next when one fails. */
public final class Run {

  private final Progress progress = new Progress(System.err);
  private final RunOptions options;
  private final Recorder recorder;
  private final PageWriter pages;
  private int failures;

  /** Writes what the page shows of the results so far. */
  @FunctionalInterface
  public interface PageWriter {
    /**
     * Writes the page.
     *
     * @param recorder the results
     * @param directory where to
     * @throws IOException if it cannot be written
     */
    void write(Recorder recorder, Path directory) throws IOException;
  }

  /**
   * Begins a run.
   *
   * @param options where to write
   * @param series the series' name, which its files get
   * @param pages writes its page
   * @throws IOException if the raw lines cannot be written
   */
  public Run(RunOptions options, String series, PageWriter pages) throws IOException {
    this.options = options;
    this.pages = pages;
    recorder = options.record(series);
  }

  /**
   * Keeps a remark, and says it.
   *
   * @param text one line
   */
  public void note(String text) {
    recorder.note(text);
    progress.say(text);
  }

  /**
   * Does the tasks; the page is written after each round.
   *
   * @param tasks what to measure
   * @return the program's exit status: 0, or 1 if some failed
   * @throws IOException if the page cannot be written
   * @throws InterruptedException if the calling thread is interrupted
   */
  public int execute(List<Task> tasks) throws IOException, InterruptedException {
    tasks.forEach(task -> progress.expect(task.seconds()));
    progress.say(tasks.size() + " measurements, which take about " + Progress.text(progress.left()));
    int round = 0;
    for (Task task : tasks) {
      if (task.round() != round && round != 0) {
        pages.write(recorder, options.out());
      }
      round = task.round();
      execute(task);
    }
    pages.write(recorder, options.out());
    progress.say("done" + (failures == 0 ? "" : ", " + failures + " failed: the page names them") + "; " + options.out());
    return failures == 0 ? 0 : 1;
  }

  private void execute(Task task) throws InterruptedException {
    progress.begin("round " + task.round() + ", " + task.group() + ": " + task.name());
    try {
      task.job().run(measure -> recorder.add(new Sample(task.group(), task.round(), measure)));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failures++;
      note("failed in round " + task.round() + ", " + task.group() + ": " + task.name() + ": " + e.getMessage());
    } finally {
      progress.end();
    }
  }
}
