import {type Call, detailsOf, describeCall, type Reply} from '../store/call.js';
import {isObject} from '../wire/decode.js';
import type {Connection, HttpResponse} from './connection.js';
import {connectionError, unreadableResponse, parseJson, refusal} from './errors.js';

/** Sends one operation as one POST request. `actor`: the name of the client in an exploration, at a hold and in the journal. */
export async function sendOperation(connection: Connection, apiKey: string, call: Call, actor?: string): Promise<Reply> {
  let response: HttpResponse;
  try {
    response = await connection.send(
      'POST',
      `/v1/${call.store}/${call.operation}`,
      {
        Authorization: `Bearer ${apiKey}`,
        'Content-Type': 'application/json',
        ...(actor === undefined ? {} : {'Stowage-Actor': actor}),
      },
      call.body,
    );
  } catch (failure) {
    throw connectionError(failure, detailsOf(call), describeCall(call), connection.url);
  }
  if (response.status !== 200) {
    throw refusal(response, detailsOf(call), describeCall(call));
  }
  const json = parseJson(response.text);
  if (!isObject(json)) {
    throw unreadableResponse(detailsOf(call), describeCall(call), response.status);
  }
  return {
    text: response.text,
    hasResult: Object.hasOwn(json, 'result'),
    result: json['result'],
    version: json['version'],
    ttl: json['ttl'],
  };
}
