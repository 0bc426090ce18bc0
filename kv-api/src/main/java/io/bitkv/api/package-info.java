/**
 * The storage API: a {@link io.bitkv.api.KeyValueStore} of byte strings, its options, its results and its exceptions, the same for an
 * embedded engine and a remote one.
 */
package io.bitkv.api;
