/** The Bitcask engine: an append-only log of segments, and a directory in memory that says where each key's latest entry lies. */
package io.bitkv.engine;
