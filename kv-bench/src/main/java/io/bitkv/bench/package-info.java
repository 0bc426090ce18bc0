/** Benchmarks: one workload driver, run on this project's engine and on its peers, and a report of the figures side by side. */
package io.bitkv.bench;
