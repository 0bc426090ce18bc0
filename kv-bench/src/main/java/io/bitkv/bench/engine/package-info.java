/** The engine, embedded: one workload driver run on it and on its peers, and how it behaves as everything grows. */
package io.bitkv.bench.engine;
