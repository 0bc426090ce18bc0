/** Benchmarks of what the engine keeps to itself; they run on the class path, in its package. */
package io.bitkv.engine;
