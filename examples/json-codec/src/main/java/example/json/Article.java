package example.json;

import java.util.List;

/**
 * Something to read.
 *
 * @param title its title
 * @param tags what it is about; none in articles that were written before there were tags
 */
@StoredAsJson
record Article(String title, List<String> tags) {
  Article {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }
}
