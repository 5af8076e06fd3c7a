import type { Exchange } from '../core/serve.ts';
import { readDocuments } from './documents.ts';
import { isKnownFault, isUndocumented, type KnownFault, knownFaults, undocumented } from './known-faults.ts';
import { checkLimits } from './limits.ts';
import { indexOperations, targetOf } from './operations.ts';
import { checkParameters, checkRequestBody } from './request.ts';
import { checkResponse } from './response.ts';
import { createValidator } from './validator.ts';
import type { Finding, Violation } from './violation.ts';

export interface ConformanceReport {
  exchanges: number;
  /** How often each documented operation was seen. */
  operations: Map<string, number>;
  /** Exchanges with parts of the services that no document describes. */
  undocumented: number;
  /** The first thousand; `violationCount` has them all. */
  violations: Violation[];
  violationCount: number;
  /** Entries of `known-faults.ts` that excused nothing: fixed by the vendor, or never exercised. */
  unusedFaults: KnownFault[];
}

export interface Conformance {
  /** The ways in which one exchange differs from the vendor's document. Empty is good. */
  check(exchange: Exchange): Violation[];
  /** What was seen since the documents were loaded. */
  report(): ConformanceReport;
}

const MAX_REPORTED_VIOLATIONS = 1000;

/**
 * Checks exchanges against the OpenAPI documents in a folder (`discord_openapi.json`, `twilio_<product>_<version>.json`,
 * from https://github.com/discord/discord-api-spec and https://github.com/twilio/twilio-oai).
 * Throws where the folder has none. Schemas are compiled when their operation is first seen.
 */
export function loadConformance(folder: string): Conformance {
  const documents = readDocuments(folder);
  const findOperation = indexOperations(documents);
  const validator = createValidator(documents);
  const report: ConformanceReport = {
    exchanges: 0,
    operations: new Map(),
    undocumented: 0,
    violations: [],
    violationCount: 0,
    unusedFaults: [],
  };
  const usedFaults = new Set<KnownFault>();

  const inspect = (
    exchange: Exchange,
    service: Violation['service'],
  ): { operation: string; findings: Finding[] } => {
    const url = new URL(exchange.url);
    const target = targetOf(service, url);
    const match = findOperation(target, exchange.method);
    if (!match) {
      const operation = `${exchange.method} /${target.product}${target.path}`;
      if (undocumented.some((entry) => isUndocumented(entry, target))) {
        report.undocumented += 1;
        return { operation, findings: [] };
      }
      return {
        operation,
        findings: [{ rule: 'unknown-operation', where: '', what: 'No document has this operation.' }],
      };
    }
    const operation = `${match.operation.method} ${match.operation.path}`;
    report.operations.set(operation, (report.operations.get(operation) ?? 0) + 1);
    const body = checkRequestBody(match.operation, exchange, validator);
    return {
      operation,
      findings: [
        ...checkParameters(match, exchange, url, validator),
        ...body.findings,
        ...checkLimits(match.operation, body.value),
        ...checkResponse(match.operation, exchange, validator),
      ],
    };
  };

  return {
    check(exchange) {
      const { service } = exchange;
      if (service !== 'discord' && service !== 'twilio')
        throw new Error(
          `An exchange of "${service}" cannot be checked: only discord and twilio have documents.`,
        );
      const { operation, findings } = inspect(exchange, service);
      report.exchanges += 1;
      const summary = `${operation} -> ${exchange.status}`;
      const violations = mergePlaces(findings)
        .map((finding): Violation => ({ ...finding, service, operation, exchange: summary }))
        .filter((violation) => {
          const fault = knownFaults.find((it) => isKnownFault(it, violation));
          if (fault) usedFaults.add(fault);
          return !fault;
        });
      report.violationCount += violations.length;
      report.violations.push(...violations.slice(0, MAX_REPORTED_VIOLATIONS - report.violations.length));
      return violations;
    },
    report: () => ({ ...report, unusedFaults: knownFaults.filter((fault) => !usedFaults.has(fault)) }),
  };
}

/** One violation a place, however many of the schema's words it breaks there. */
function mergePlaces(findings: Finding[]): Finding[] {
  const places = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.where}`;
    const earlier = places.get(key);
    if (!earlier) places.set(key, finding);
    else if (earlier.what !== finding.what)
      places.set(key, { ...earlier, what: `${earlier.what}; ${finding.what}` });
  }
  return [...places.values()];
}
