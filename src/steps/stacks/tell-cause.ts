import {diagnosisResult} from '../../diagnosis/diagnosis.js'
import type {ProgressSink, StackProgress} from '../../progress.js'
import type {OperationRecord} from './record.js'

/**
 * Tells of the first real failure as soon as `event`, which the record has, makes one known: the rollback may take
 * half an hour from here. Told again only when an earlier one turns up, because events can arrive late.
 */
export function tellCause(record: OperationRecord, event: StackProgress, tell: ProgressSink): void {
  if (!/_FAILED$|^((UPDATE_)?ROLLBACK|DELETE)_IN_PROGRESS$/.test(event.status)) return
  const diagnosis = record.diagnosis()
  if (diagnosis === undefined) return
  const cause = `${diagnosis.stackId} ${diagnosis.logicalId} ${diagnosis.at}`
  if (record.toldCause === cause) return
  record.toldCause = cause
  tell({kind: 'failure-cause', diagnosis: diagnosisResult(diagnosis)})
}
