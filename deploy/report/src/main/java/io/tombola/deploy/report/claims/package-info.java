/**
 * The claims of the literature, scored on a campaign's results: one-sided, replicate by replicate.
 * Pure functions of the campaign's spec and its records.
 */
package io.tombola.deploy.report.claims;
