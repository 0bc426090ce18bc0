/** What a storage engine implements to be found by {@link io.bitkv.api.KeyValueStore#open(java.nio.file.Path)}. */
package io.bitkv.api.spi;
