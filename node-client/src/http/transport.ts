import {type Call, detailsOf, placeOf, type Reply} from '../store/call.js';
import {isObject} from '../wire/decode.js';
import type {Connection, HttpAnswer} from './connection.js';
import {noAnswer, notOfThisProtocol, parseJson, refusal} from './problem.js';

/** One operation, one POST. */
export async function execute(connection: Connection, apiKey: string, call: Call): Promise<Reply> {
  let answer: HttpAnswer;
  try {
    answer = await connection.send(
      'POST',
      `/v1/${call.store}/${call.operation}`,
      {Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json'},
      call.body,
    );
  } catch (failure) {
    throw noAnswer(failure, detailsOf(call), placeOf(call), connection.url);
  }
  if (answer.status !== 200) {
    throw refusal(answer, detailsOf(call), placeOf(call));
  }
  const json = parseJson(answer.text);
  if (!isObject(json)) {
    throw notOfThisProtocol(detailsOf(call), placeOf(call), answer.status);
  }
  return {
    text: answer.text,
    hasResult: Object.hasOwn(json, 'result'),
    result: json['result'],
    version: json['version'],
    ttl: json['ttl'],
  };
}
