// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransport
import Logging

extension HTTPDevice {
    /// Codes of 257 that say nothing about the password (interface A4).
    private static let passing: Set<Int> = [-1, -1103, -3524, -3624]

    /// Logs in once (257), unless an earlier run's failed login stands against it.
    ///
    /// - Returns: The session's id.
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/loginRefused`` when the device says no, with
    ///   ``DeviceError/Code/loginUnanswered`` when it says nothing that can be understood.
    func logInOnce() async throws -> String {
        guard let logins else { return try await logIn() }
        return try await logins.once(settings) { try await logIn() }
    }

    private func logIn() async throws -> String {
        do {
            return try await postLogin()
        } catch let error as DeviceError where [.replyLost, .tooLarge, .cutOff, .refused].contains(error.code) {
            throw DeviceError(
                .loginUnanswered,
                "\(error.message). It may count as a failed login and is not tried again by this command",
                deviceCode: error.deviceCode
            )
        }
    }

    private func postLogin() async throws -> String {
        var writer = MessageWriter(.logIn)
        writer.field("user_name", settings.user)
        writer.field("user_pwd", settings.password.revealed)
        var request = HTTPRequest(.post, "\(address.base)/api/json", body: writer.finish())
        // Sent twice it could count as two failures.
        request.mayRepeat = false
        let response = try await send(request, .logIn)
        if response.status == 401 || response.status == 403 {
            let verdict = (try? Reply(response.body))?.verdict ?? "HTTP \(response.status)"
            throw DeviceError(
                .loginRefused,
                "device \(name) refused the login of user \(settings.user): \(verdict); it is not tried again"
            )
        }
        let reply = try reply(to: .logIn, in: response)
        guard reply.code == 0 else { throw loginRefusal(reply) }
        if let flag = reply.data["mod_passwd_flag"]?.integer, flag != 0 {
            logger.warning("the device asks for a new password of the user", metadata: ["device": "\(name)"])
        }
        let id = reply.data.text ?? reply.data["session_id"]?.text ?? reply.data["sessionid"]?.text ?? ""
        guard !id.isEmpty else { throw malformed(.logIn, "no session id") }
        return id
    }

    private func loginRefusal(_ reply: Reply) -> DeviceError {
        guard !Self.passing.contains(reply.code) else { return refusal(of: .logIn, reply) }
        let left = reply.data["retry_times"]?.integer
        let consequence =
            switch left {
            case .some(...0): "the user is now locked, a locked user is free again after 5 minutes"
            case .some(1...2): "\(left ?? 0) tries are left and the device asks for a verification code"
            case .some(let left): "\(left) tries are left until the device locks the user"
            case nil: "after three failures the device asks for a verification code"
            }
        var error = DeviceError(
            .loginRefused,
            "device \(name) refused the login of user \(settings.user): \(reply.verdict); \(consequence). It is not tried "
                + "again: correct the password, or log in once on the device's web page if it asks for a code",
            deviceCode: reply.code
        )
        error.loginTriesLeft = left
        return error
    }

    /// Ends the session (258); no error when there is none, or when the device is gone.
    public func logOut() async {
        guard let token = session.end() else { return }
        var request = HTTPRequest(.post, "\(address.base)/api/json", body: .json(.logOut))
        request.headers = [.init("sessionid", token.id)]
        request.connectTimeout = .seconds(2)
        request.deadline = .seconds(3)
        // The goodbye is also said when the job was interrupted.
        request.isCancellable = false
        do {
            _ = try await send(request, .logOut)
        } catch {
            logger.debug("the session was not ended on the device", metadata: ["error": "\(error)"])
        }
    }
}
