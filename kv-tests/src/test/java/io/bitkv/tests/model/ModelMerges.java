package io.bitkv.tests.model;

import io.bitkv.api.MergeControl;
import io.bitkv.api.MergePlan;
import io.bitkv.api.MergeReport;
import java.util.List;

/** The merges of a model: it has no segments, so there is never anything to merge. */
final class ModelMerges implements MergeControl {
  private volatile boolean isPaused;

  @Override
  public MergePlan explain(boolean isForced) {
    return new MergePlan(List.of(), List.of());
  }

  @Override
  public MergeReport run(boolean isForced) {
    return MergeReport.NONE;
  }

  @Override
  public void pause() {
    isPaused = true;
  }

  @Override
  public void resume() {
    isPaused = false;
  }

  @Override
  public boolean isPaused() {
    return isPaused;
  }

  @Override
  public void cancel() {
    // There is never a merge to cancel.
  }
}
