package io.bitkv.engine;

/**
 * One entry to be appended, and what it does to the key directory.
 *
 * @param keyspace the keyspace
 * @param key the key; null when the whole keyspace is dropped
 * @param old where the key's latest entry lies, or {@link EntryLocation#NONE}
 * @param oldLength the length of that entry in the log
 * @param entry what is to be appended
 */
record Change(KeyspaceState keyspace, KeySlice key, long old, int oldLength, PendingEntry entry) {}
