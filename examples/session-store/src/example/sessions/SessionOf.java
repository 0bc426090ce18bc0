package example.sessions;

import java.util.UUID;

/**
 * The key by which a user's sessions are found: those of one user begin with the same bytes.
 *
 * @param user who it is
 * @param session the session
 */
record SessionOf(String user, UUID session) {}
