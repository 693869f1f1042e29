package io.tombola.deploy.cli;

import io.tombola.deploy.config.RunConfig;
import io.tombola.storage.StoreLayout;

/** Runs or resumes a campaign. */
@FunctionalInterface
interface CampaignRunner {

  /**
   * Runs until the campaign is finished, has failed or is interrupted.
   *
   * @param store need not exist; not locked yet
   * @return {@link ExitCode#DONE}, {@link ExitCode#FAILED} or {@link ExitCode#INTERRUPTED}
   * @throws Exception anything that {@link ErrorReporter} explains
   */
  ExitCode run(RunConfig config, StoreLayout store, Console console) throws Exception;
}
