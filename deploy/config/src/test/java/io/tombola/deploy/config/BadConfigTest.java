package io.tombola.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake and the exact line it is answered with. */
class BadConfigTest {

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
# a misspelt key, in its block, in another block, at the top
campaign.training.iteratons = 5  |FILE:1: campaign.training.iteratons: expected a known key, found 'iteratons'; did you mean campaign.training.iterations?
campaign.learning-rate = 0.1     |FILE:1: campaign.learning-rate: expected a known key, found 'learning-rate'; did you mean campaign.training.optimizer.learning-rate?
campain { seed = 3 }             |FILE:1: campain: expected a known key, found 'campain'; did you mean campaign?
elephants = 3                    |FILE:1: elephants: expected a known key, found 'elephants'; the keys at the top are: campaign, data, devices, journal, kafka, notify, retries, trainers
campaign.controls.elephants = 3  |FILE:1: campaign.controls.elephants: expected a known key, found 'elephants'; the keys of campaign.controls are: layer-shuffle, one-shot, random-mask, reinit, same-sign
# a wrong type
campaign.training.iterations = many |FILE:1: campaign.training.iterations: expected a whole number, found 'many'; for example iterations = 50000
campaign.training.iterations = 2.5  |FILE:1: campaign.training.iterations: expected a whole number, found 2.5; for example iterations = 50000
campaign.training.iterations = {}   |FILE:1: campaign.training.iterations: expected a whole number, found a block; for example iterations = 50000
campaign.seed = null             |FILE:1: campaign.seed: expected a whole number, found null; for example seed = 1
campaign.name = [1]              |FILE:1: campaign.name: expected a text, found a list; for example name = campaign
campaign.training = 5            |FILE:1: campaign.training: expected a block with the keys batch-size, checkpoint-every, engine, evaluate-every, iterations, optimizer, test-every, found 5; write training { ... }
campaign.pruning.rates.dense = lots |FILE:1: campaign.pruning.rates.dense: expected a number, found 'lots'; for example dense = 0.2
kafka.client = off               |FILE:1: kafka.client: expected a block of properties, found 'off'; for example client = {}
# a value that cannot be
campaign.pruning.rounds = 0      |FILE:1: campaign.pruning.rounds: expected at least 1, found 0; for example rounds = 20
campaign.pruning.rates.dense=1.5 |FILE:1: campaign.pruning.rates.dense: expected a fraction from 0 to below 1, such as 0.2, found 1.5; for example dense = 0.2
campaign.training.batch-size = 0 |FILE:1: campaign.training.batch-size: expected at least 1, found 0; for example batch-size = 60
campaign.training.test-every = 150 |FILE:1: campaign.training.test-every: expected a multiple of training.evaluate-every, which is 100, found 150; for example test-every = 500
campaign.training.optimizer.learning-rate = -1|FILE:1: campaign.training.optimizer.learning-rate: expected a number above 0, at most 10, found -1.0; for example learning-rate = 0.0012
campaign.training.optimizer.type = sdg |FILE:1: campaign.training.optimizer.type: expected one of adam, sgd, momentum, found 'sdg'; for example type = adam
campaign.training.engine = cuda  |FILE:1: campaign.training.engine: expected one of auto, dl4j, sparse, found 'cuda'; for example engine = auto
campaign.name = "no spaces"      |FILE:1: campaign.name: expected 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit, found 'no spaces'; for example name = campaign
campaign.network = conv-9        |FILE:1: campaign.network: expected one of lenet-300-100, conv-2, conv-4, conv-6, or a list of layers, found 'conv-9'; for example network = lenet-300-100
campaign.dataset.name = svhn     |FILE:1: campaign.dataset.name: expected one of fashion-mnist, mnist, cifar-10, idx, cifar, found 'svhn'; for example name = fashion-mnist
campaign.dataset.name = idx      |FILE:1: campaign.dataset.name: idx is a file format: expected dataset.dir, found none; name the directory with its files by --set dataset.dir=DIR
campaign.dataset.name = cifar    |FILE:1: campaign.dataset.name: cifar is a file format: expected dataset.dir, found none; name the directory with its files by --set dataset.dir=DIR
campaign.dataset.dir = no/where  |FILE:1: campaign.dataset.dir: expected a directory with the files of fashion-mnist, found no directory no/where; name one by --set dataset.dir=DIR
kafka.mode = external            |FILE:1: kafka.mode: external needs kafka.bootstrap-servers, found none; name the broker by --set kafka.bootstrap-servers=HOST:PORT
kafka.mode = sometimes           |FILE:1: kafka.mode: expected one of embedded, external, off, found 'sometimes'; for example mode = embedded
kafka.bootstrap-servers = "h:1"  |FILE:1: kafka.bootstrap-servers: expected only with kafka.mode = external, found kafka.mode = embedded; use that broker by --set kafka.mode=external
data.mirrors.mnist = ["ftp://h/"]|FILE:1: data.mirrors.mnist: expected addresses that begin with https:// or http://, found 'ftp://h/'; for example mnist = [https://ossci-datasets.s3.amazonaws.com/mnist/, https://storage.googleapis.com/cvdf-datasets/mnist/]
data.mirrors.svhn = "http://h/"  |FILE:1: data.mirrors.svhn: expected a known key, found 'svhn'; the keys of data.mirrors are: cifar-10, mnist
journal.user = me                |FILE:1: journal.user: expected only with journal.url, found none; name the database by --set journal.url=jdbc:postgresql://HOST/DATABASE
journal.password = hunter2       |FILE:1: journal.password: expected a known key, found 'password'; the keys of journal are: password-file, url, user
journal = "jdbc:postgresql://me:hunter2@db/t" |FILE:1: journal: expected a block with the keys password-file, url, user, found something else; write journal { ... }
journal.url = "jdbc:mysql://db"  |journal.url: expected jdbc:postgresql://HOST[:PORT]/DATABASE[?currentSchema=NAME], found something else; leave it out for a journal in the store
journal.url = "jdbc:postgresql://me:hunter2@db/t" |journal.url: expected an address without a password, found one inside; put it into $TOMBOLA_JOURNAL_PASSWORD, or into a file and name that by journal.password-file
retries.device = -1              |FILE:1: retries.device: expected a whole number from 0, found -1; for example device = 4
retries.internal = often         |FILE:1: retries.internal: expected a whole number, found 'often'; for example internal = 1
retries.first-pause = 0s         |FILE:1: retries.first-pause: expected a duration from 1ms to 5m, found '0s'; for example first-pause = 1s
retries.first-pause = soon       |FILE:1: retries.first-pause: expected a duration, found 'soon'; for example first-pause = 1s
retries.network = 2              |FILE:1: retries.network: expected a known key, found 'network'; did you mean campaign.network?
devices.pin-cores = maybe         |FILE:1: devices.pin-cores: expected one of true, false, found 'maybe'; for example pin-cores = true
devices.pin-core = true          |FILE:1: devices.pin-core: expected a known key, found 'pin-core'; did you mean devices.pin-cores?
devices.cpu-slots = 0            |FILE:1: devices.cpu-slots: expected at least 1, found 0; for example cpu-slots = 2
trainers.isolation = container   |FILE:1: trainers.isolation: expected one of thread, process, found 'container'; for example isolation = thread
# not HOCON
campaign { seed = 1              |FILE:1: expected HOCON, found a mistake: Expecting close brace } or a comma, got end of file; correct the file and type the same command again
campaign.seed = ${NO_SUCH_VALUE} |FILE:1: expected HOCON, found a mistake: Could not resolve substitution to a value: ${NO_SUCH_VALUE}; correct the file and type the same command again
""")
  void aMistakeInAFileIsOneLine(String text, String line) throws IOException {
    Path file = Files.writeString(dir.resolve("my.conf"), text);
    assertEquals(line.replace("FILE", file.toString()), message(Optional.of(file.toString())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
training.iterations=many  |--set training.iterations=many: expected a whole number, found 'many'; for example --set training.iterations=50000
training.iteration=5      |--set training.iteration=5: expected a known key, found 'iteration'; did you mean campaign.training.iterations?
a.b.c=5                   |--set a.b.c=5: expected a known key, found 'a'; the keys of campaign are: analysis, controls, dataset, name, network, pruning, replicates, rewind, seed, training
campaign.pruning.rounds=0 |--set campaign.pruning.rounds=0: expected at least 1, found 0; for example --set pruning.rounds=20
journal.password=hunter2  |--set journal.password: expected a known key, found 'password'; the keys of journal are: password-file, url, user
journal=hunter2           |--set journal: expected a block with the keys password-file, url, user, found something else; write journal { ... }
journal.url=jdbc:postgresql://db/t?password=hunter2 |journal.url: expected an address without a password, found one inside; put it into $TOMBOLA_JOURNAL_PASSWORD, or into a file and name that by journal.password-file
kafka.mode=external       |--set kafka.mode=external: external needs kafka.bootstrap-servers, found none; name the broker by --set kafka.bootstrap-servers=HOST:PORT
data.mirrors.mnist=here   |--set data.mirrors.mnist=here: expected addresses that begin with https:// or http://, found 'here'; for example --set data.mirrors.mnist=[https://ossci-datasets.s3.amazonaws.com/mnist/, https://storage.googleapis.com/cvdf-datasets/mnist/]
retries.diverged=0.5      |--set retries.diverged=0.5: expected a whole number, found '0.5'; for example --set retries.diverged=0
retries.first-pause=6m    |--set retries.first-pause=6m: expected a duration from 1ms to 5m, found '6m'; for example --set retries.first-pause=1s
devices.pin-cores=1       |--set devices.pin-cores=1: expected one of true, false, found '1'; for example --set devices.pin-cores=true
devices.cpu-slots=x       |--set devices.cpu-slots=x: expected a whole number, found 'x'; for example --set devices.cpu-slots=2
trainers.isolation=fork   |--set trainers.isolation=fork: expected one of thread, process, found 'fork'; for example --set trainers.isolation=thread
pruning.criterion=snip    |--set pruning.criterion=snip: expected one that scores trained weights with pruning.schedule = iterative (this one needs one-shot: its masks are made before training), found snip; for example --set pruning.criterion=magnitude
network=conv 8, pool 2, dense 10|--set network=conv 8, pool 2, dense 10: expected layers conv, max-pool, dense, dropout, batch-norm, found 'pool 2'; for example --set network=lenet-300-100
training.engine=SPARSE    |--set training.engine=SPARSE: expected one of auto, dl4j, sparse, found 'SPARSE'; for example --set training.engine=auto
training=5                |--set training=5: expected a block with the keys batch-size, checkpoint-every, engine, evaluate-every, iterations, optimizer, test-every, found '5'; write training { ... }
name                      |--set name: expected key=value, found 'name'; for example --set training.iterations=4000
a..b=1                    |--set a..b=1: expected a key such as training.iterations, found 'a..b'; 'tombola run --dry-run' shows every key
""")
  void aMistakeInSetIsOneLine(String setting, String line) {
    assertEquals(line, message(Optional.empty(), setting));
  }

  @ParameterizedTest
  @MethodSource("keysWithoutADefault")
  void aKeyWithoutADefaultHasAnExampleToo(String key) throws IOException {
    Path file = Files.writeString(dir.resolve("my.conf"), key + " = {}");
    String line = message(Optional.of(file.toString()));
    assertTrue(line.startsWith(file + ":1: " + key + ": expected "), line);
    assertTrue(line.matches(".*; for example [a-z-]+ = \\S+"), line);
    assertFalse(line.endsWith("null"), line);
  }

  static Stream<String> keysWithoutADefault() {
    return ConfigFactory.parseResources("campaign-defaults.conf").root().entrySet().stream()
        .flatMap(entry -> nullsBelow(entry.getKey(), entry.getValue()));
  }

  private static Stream<String> nullsBelow(String path, ConfigValue value) {
    return value instanceof ConfigObject block
        ? block.entrySet().stream()
            .flatMap(entry -> nullsBelow(path + "." + entry.getKey(), entry.getValue()))
        : Stream.of(path).filter(key -> value.valueType() == ConfigValueType.NULL);
  }

  @Test
  void anEngineThatCannotTrainTheNetworkIsOneLine() {
    assertEquals(
        "--set training.engine=sparse: expected auto or dl4j, since the sparse engine trains networks"
            + " without batch-norm only, found sparse; for example --set"
            + " training.engine=auto",
        message(
            Optional.empty(), "network=conv 8, batch-norm, dense 10", "training.engine=sparse"));
  }

  @Test
  void aMistakeInALaterLineNamesThatLine() throws IOException {
    Path file = Files.writeString(dir.resolve("my.conf"), "campaign {\n  seed = 1\n  sed = 2\n}\n");
    assertEquals(
        file + ":3: campaign.sed: expected a known key, found 'sed'; did you mean campaign.seed?",
        message(Optional.of(file.toString())));
  }

  @Test
  void aMissingCampaignProposesANearPreset() {
    assertEquals(
        "campaign 'quikstart': expected a preset or a campaign file, found neither; did you mean"
            + " quickstart? 'tombola presets' lists the presets",
        message(Optional.of("quikstart")));
    assertEquals(
        "campaign 'no/such.conf': expected a preset or a campaign file, found neither; 'tombola"
            + " presets' lists the presets",
        message(Optional.of("no/such.conf")));
    assertEquals(
        "campaign '"
            + dir
            + "': expected a preset or a campaign file, found a directory; 'tombola"
            + " presets' lists the presets",
        message(Optional.of(dir.toString())));
  }

  private static String message(Optional<String> campaign, String... settings) {
    return assertThrows(
            BadConfigException.class, () -> ConfigLoader.load(campaign, List.of(settings)))
        .getMessage();
  }
}
