/** The bytes of the wire: the Redis protocol, versions 2 and 3, and inline commands. */
package io.bitkv.codec.resp;
