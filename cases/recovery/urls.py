from django.urls import path

from cases.recovery import views

# /cases/<code>/
urlpatterns = [
    path("money/", views.money, name="money"),
    path("money/new/", views.new, name="money_new"),
    path("money/<int:pk>/", views.entry, name="money_entry"),
    path("money/<int:pk>/proof/", views.proof, name="money_proof"),
    path("money/<int:pk>/verify/", views.verify, name="money_verify"),
    path("money/<int:pk>/return/", views.return_entry, name="money_return"),
    path("money/<int:pk>/reverse/", views.reverse_entry, name="money_reverse"),
]
