/** Runs a campaign in this process: store, broker, pipeline, progress display and report. */
package io.tombola.deploy.run;
