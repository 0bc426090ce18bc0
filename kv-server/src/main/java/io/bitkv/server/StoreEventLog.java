package io.bitkv.server;

import io.bitkv.api.StoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the store's events to the log. */
final class StoreEventLog implements StoreListener {

  private static final Logger LOG = LoggerFactory.getLogger("io.bitkv.store");

  @Override
  public void onEvent(Event event) {
    switch (event) {
      case Recovered recovered ->
          LOG.info(
              "Opened {} keys in {} segments in {} ms.",
              recovered.keys(),
              recovered.segments(),
              recovered.millis());
      case TornTail tail ->
          LOG.warn(
              "{} ended in {} bytes, from offset {} on, that were never synced; they are kept"
                  + " beside it.",
              tail.file(),
              tail.bytes(),
              tail.offset());
      case Warning warning -> LOG.warn("{}: {}", warning.file(), warning.detail());
      case Rolled rolled -> LOG.debug("Writes go to segment {} now.", rolled.id());
      case Expired expired ->
          LOG.debug("{} keys expired and are removed.", expired.entries());
      case Sealed sealed ->
          LOG.debug("Segment {} is complete with {} bytes.", sealed.id(), sealed.bytes());
      case Merged merged ->
          LOG.info(
              "Segments {} became segment {}; {} bytes came back.",
              merged.inputs(),
              merged.output(),
              merged.report().reclaimedBytes());
      case MergeFailed failed ->
          LOG.warn("Segments {} were not merged: {}", failed.inputs(), failed.detail());
      case WritesStopped stopped ->
          LOG.error("Writes are refused ({}): {}", stopped.reason(), stopped.detail());
      case WritesResumed resumed -> LOG.info("Writes are accepted again.");
    }
  }
}
