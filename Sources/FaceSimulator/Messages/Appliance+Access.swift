// SPDX-License-Identifier: Apache-2.0

/// Messages 257, 258 and 1322: login, logout, verification code (chapter 2).
extension Appliance {
    func logIn(_ call: Call) async throws -> Reply {
        let name = try call.fields.requiredText("user_name")
        let pwd = try call.fields.requiredText("user_pwd")
        let code = try call.fields.text("verify_code").flatMap { $0.isEmpty ? nil : $0 }
        let session = try sessions.logIn(name: name, pwd: pwd, code: code)
        counters.countLogin()
        guard quirks[.loginObject] else { return .success(.text(session.id)) }
        return .success(
            .object([
                ("session_id", .text(session.id)), ("retry_times", .integer(session.retryTimes)),
                ("mod_passwd_flag", .integer(quirks[.mustChangePassword] ? 1 : 0)),
            ])
        )
    }

    func logOut(_ call: Call) async -> Reply {
        sessions.logOut(call.sessionID)
        return .success()
    }

    func verificationCode(_ call: Call) async throws -> Reply {
        if quirks[.verifyNeedsSession] { try sessions.use(call.sessionID) }
        return .success(.text(sessions.issueCode()))
    }
}
