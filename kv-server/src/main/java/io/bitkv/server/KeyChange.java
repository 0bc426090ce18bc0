package io.bitkv.server;

import io.bitkv.api.KeyRef;

/**
 * Something that became of a key.
 *
 * @param ref the key
 * @param event what, under the name that keyspace notifications have for it
 * @param kind which class of notifications it belongs to
 */
record KeyChange(KeyRef ref, String event, NotificationClasses.Kind kind) {}
