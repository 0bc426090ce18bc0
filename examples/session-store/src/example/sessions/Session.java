package example.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's visit to a site.
 *
 * @param user who it is
 * @param since when the user logged in
 * @param pages what was looked at so far
 */
record Session(String user, Instant since, List<String> pages) {

  Session visiting(String page) {
    List<String> more = new ArrayList<>(pages);
    more.add(page);
    return new Session(user, since, List.copyOf(more));
  }
}
