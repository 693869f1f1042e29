package io.tombola.storage.journal.sql;

import io.tombola.storage.StoreLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSnapshotTest extends SnapshotContract {

  @TempDir Path root;

  @BeforeEach
  void create() {
    new StoreLayout(root).create();
  }

  @Override
  protected String url() {
    return new StoreLayout(root).journalUrl();
  }
}
