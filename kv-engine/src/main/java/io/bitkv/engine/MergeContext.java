package io.bitkv.engine;

import io.bitkv.api.StoreOptions;

/** What merges work with. */
record MergeContext(
    Segments.Parts parts,
    Segments segments,
    KeyspaceTable keyspaces,
    Snapshots snapshots,
    Readers readers,
    SyncScheduler sync,
    StoreOptions options) {

  Disk disk() {
    return parts.disk();
  }

  SegmentTable table() {
    return parts.table();
  }
}
