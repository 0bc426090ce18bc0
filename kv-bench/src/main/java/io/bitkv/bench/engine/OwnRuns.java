package io.bitkv.bench.engine;

import io.bitkv.bench.Children;
import io.bitkv.bench.Footprint;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Task.Job;
import io.bitkv.bench.engine.OwnWorker.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs children that measure this project's engine alone. */
final class OwnRuns {

  private final Children children;

  OwnRuns(Children children) {
    this.children = children;
  }

  /** Uses a store, opens it again in a new process, and opens one again that was not closed. */
  Job wholeLife(Plan plan) {
    return sink -> {
      fresh(plan, Mode.USE, sink);
      run(Mode.REOPEN, plan, sink);
      fresh(plan, Mode.CRASH, discarded -> {});
      run(Mode.RECOVER, plan, sink);
      Footprint.delete(plan.directory());
    };
  }

  /** Uses a store. */
  Job use(Plan plan) {
    return sink -> {
      fresh(plan, Mode.USE, sink);
      Footprint.delete(plan.directory());
    };
  }

  /** Lets threads use a store together. */
  Job share(Plan plan, int threads) {
    return sink -> {
      fresh(plan, Mode.SHARE, sink, Integer.toString(threads));
      Footprint.delete(plan.directory());
    };
  }

  private void fresh(Plan plan, Mode mode, Consumer<Measure> sink, String... more) throws IOException, InterruptedException {
    Footprint.delete(plan.directory());
    run(mode, plan, sink, more);
  }

  private void run(Mode mode, Plan plan, Consumer<Measure> sink, String... more) throws IOException, InterruptedException {
    List<String> args = new ArrayList<>();
    args.add(mode.name());
    args.addAll(plan.arguments());
    args.addAll(List.of(more));
    children.run(OwnWorker.class, args, sink);
  }
}
