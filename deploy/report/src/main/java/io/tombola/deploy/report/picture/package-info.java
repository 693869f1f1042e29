/** The report's figures as pictures, drawn without a browser. */
package io.tombola.deploy.report.picture;
