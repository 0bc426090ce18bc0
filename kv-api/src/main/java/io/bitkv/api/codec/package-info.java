/** Codecs between Java values and the bytes that a store keeps. */
package io.bitkv.api.codec;
