package io.bitkv.api;

/**
 * How an embedded store keeps its key directory, the index that maps each key to where its latest entry lies.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="options"}
 */
public enum DirectoryKind {
  /** Off-heap and without the keys: some 16 bytes a key, whatever the key's length. The default. */
  COMPACT,
  /** Plain Java collections with the keys on the heap: the one to read first. */
  HEAP,
  /** As {@link #HEAP}, with the keys in unsigned byte order as well, for ranges and ordered scans. */
  ORDERED
}
