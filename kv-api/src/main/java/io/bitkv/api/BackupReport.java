package io.bitkv.api;

import java.nio.file.Path;

/**
 * What {@link StoreTools#backup} or {@link StoreTools#restore} made. Sizes are in bytes and count segments alone.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="backup"}
 *
 * @param directory the backup, or the restored store
 * @param lastSequence the version of the newest write in it: every write up to it is in there, and none behind it
 * @param segments how many segments it has
 * @param bytes how long they are together
 * @param newBytes how many of those this call added; the others were there in an earlier backup
 * @param copiedBytes how many of the new ones were copied; the others became part of it by hard links
 */
public record BackupReport(Path directory, long lastSequence, long segments, long bytes, long newBytes, long copiedBytes) {}
