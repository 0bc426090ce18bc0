package io.bitkv.client;

/**
 * What a client's cache did since the client was made, and what it holds.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="cacheStats"}
 *
 * @param hits how many keys were read without asking the server
 * @param misses how many keys were looked for in vain
 * @param invalidations how many entries were dropped because the server told of a change, or because a connection was lost
 * @param evictions how many entries were dropped to make room
 * @param entries how many are held
 * @param bytes how much those are, counted as in {@link CacheOptions#maxBytes}
 */
public record CacheStats(long hits, long misses, long invalidations, long evictions, long entries, long bytes) {}
