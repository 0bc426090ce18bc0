/** The client: a store that lives on a server, used through the same API as an embedded one. */
package io.bitkv.client;
