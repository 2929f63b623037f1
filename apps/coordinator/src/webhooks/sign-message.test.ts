import { expect, test } from "bun:test";
import { Webhook } from "standardwebhooks";
import { signMessage } from "./sign-message.ts";
import { newWebhookSecret } from "./webhook-secret.ts";

const body = '{"type":"batch.done","data":{"name":"Zażółć 🙂"}}';
const now = () => Math.floor(Date.now() / 1_000);

test("another implementation of the scheme takes what is signed, and nothing else", () => {
  const secret = newWebhookSecret();
  const receiver = new Webhook(secret);
  const headers = signMessage(secret, "event-1", now(), body);
  expect(receiver.verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => receiver.verify(`${body} `, headers)).toThrow("No matching signature");
  expect(() => receiver.verify(body, { ...headers, "webhook-id": "event-2" })).toThrow("No matching signature");
  expect(() => receiver.verify(body, signMessage(newWebhookSecret(), "event-1", now(), body))).toThrow(
    "No matching signature",
  );
  // A delivery that somebody has kept is too old to be sent again by him.
  expect(() => receiver.verify(body, signMessage(secret, "event-1", now() - 3_600, body))).toThrow("too old");
});

test("the example of the specification has its signature", () => {
  const headers = signMessage(
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1_614_265_330,
    '{"test": 2432232314}',
  );
  expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
