/**
 * What a campaign found: the finding in plain words, and the report, one HTML file that needs no
 * network. Everything here is a pure function of the campaign's states and curves.
 */
package io.tombola.deploy.report;
