/** What every series of benchmarks shares: figures, raw lines, processes, and the machine. */
package io.bitkv.bench;
