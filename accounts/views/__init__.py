from accounts.views.entry import home, sign_in, sign_out

__all__ = ["home", "sign_in", "sign_out"]
